# 图5 各类问题数：名称长 高 6.4
set yrange [*:*] reverse
set xrange [0:*]
set label "单位：个" at graph 0, 1.07 left offset -7,0
set grid noytics xtics lt 1 lc rgb "#d0d0d0" lw 0.3
plot data using (0.5*$2):0:(0.5*$2):(0.3):ytic(1) every ::1 with boxxyerror lc rgb grey lw 0.5 notitle, \
     data using 2:0:(sprintf("%g", $2)) every ::1 with labels left offset 0.5,0 notitle
