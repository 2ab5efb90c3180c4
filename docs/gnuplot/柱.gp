# 图1 各村考核得分：17 个村，目标线、平均线 高 8.6
set style data histograms
set style histogram clustered gap 0.6
set boxwidth 0.9 relative
set label "单位：分" at graph 0, 1.07 left offset -4,0
set yrange [0:115]
set xtics rotate by -45 scale 0
set bmargin 4
stats data using 2 every ::1 nooutput name "S"
set arrow from graph 0, first 90 to graph 1, first 90 nohead dt 2 lw 1
set arrow from graph 0, first S_mean to graph 1, first S_mean nohead dt 4 lw 1
set label "目标90" at graph 1.005, first 90 offset 0,-0.3
set label sprintf("平均%.1f", S_mean) at graph 1.005, first S_mean offset 0,0.4
set rmargin 9
plot data using 2:xtic(1) every ::1 notitle lc rgb grey lw 0.5, \
     data using 0:2:(sprintf("%.1f", $2)) every ::1 with labels offset 0,0.6 font ",8" notitle
