# 图7 各月问题来源：五组叠起来，柱顶是合计 高 9.0
set style data histograms
set style histogram rowstacked
set boxwidth 0.6 relative
set label "单位：个" at graph 0, 1.05 left offset -4,0
set key outside right center vertical invert maxrows 8
set rmargin 18
set xtics scale 0
sum2(n) = (n < 2 ? 0 : sum2(n - 1) + column(n))
middle(n) = sum2(n) - column(n) / 2.0
figure(n) = (column(n) > 0 ? sprintf("%g", column(n)) : "")
plot data using 2:xtic(1) title columnheader(2) fs solid lc rgb 0x606060 lw 0.5, \
     data using 3 title columnheader(3) fs pattern 4 lc rgb 0x202020 lw 0.5, \
     data using 4 title columnheader(4) fs solid lc rgb 0xc4c4c4 lw 0.5, \
     data using 5 title columnheader(5) fs pattern 1 lc rgb 0x303030 lw 0.5, \
     data using 6 title columnheader(6) fs pattern 0 lc rgb "black" lw 0.5, \
     for [i=2:6] data using 0:(middle(i)):(figure(i)) every ::1 with labels font ",8" notitle, \
     data using 0:(sum2(6)):(sprintf("%g", sum2(6))) every ::1 with labels offset 0,0.6 notitle
