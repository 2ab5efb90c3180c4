# 图13 清理量和环比：柱用左轴，线用右轴 高 9.0
set label "单位：吨" at graph 0, 1.05 left offset -4,0
set border 11
set yrange [-400:800]
set y2range [-0.1*100:0.2*100]
set y2tics
set format y2 "%.0f%%"
set xtics scale 0
set xrange [-0.5:5.5]
set boxwidth 0.5
set xzeroaxis lt 1 lw 0.7 lc rgb "black"
plot data using 0:2:xtic(1) every ::1 with boxes lc rgb grey lw 0.5 title "生活垃圾", \
     data using 0:($3*100) every ::1 axes x1y2 with linespoints lw 1.2 pt 7 ps 0.4 lc rgb "black" \
         title "环比（右轴）", \
     data using 0:2:(sprintf("%.1f", $2)) every ::1 with labels offset 0,0.6 font ",8" notitle, \
     data using 0:($3*100):(sprintf("%.1f%%", $3*100)) every ::1 axes x1y2 with labels offset 0,0.8 font ",8" notitle
