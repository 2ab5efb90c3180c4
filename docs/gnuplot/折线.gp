# 图11 生活垃圾清理量：本年与上年同期，12 个月 高 9.0
set style data linespoints
set label "单位：吨" at graph 0, 1.05 left offset -4,0
set yrange [0:800]
set xtics scale 0
set xrange [-0.5:11.5]
plot data using 2:xtic(1) title columnheader(2) lw 1.2 pt 7 ps 0.4 lc rgb "black", \
     data using 3 title columnheader(3) lw 1.2 dt 2 pt 4 ps 0.4 lc rgb "#303030", \
     data using 0:2:(sprintf("%.1f", $2)) every ::1 with labels offset 0,0.8 font ",8" notitle, \
     data using 0:3:(sprintf("%.1f", $3)) every ::1 with labels offset 0,-0.8 font ",8" notitle
