# 图21 各村各月清理量：17 个村，6 个月 高 11.0
N = int(system(sprintf("head -1 '%s' | tr '\t' '\n' | wc -l", data)))
name(i) = system(sprintf("head -1 '%s' | cut -f%d", data, i))
unset grid
unset key
set border 0
set tics scale 0
set label "单位：吨" at graph 0, 1.04 left offset -9,0
set palette maxcolors 5 defined (0 "white", 1 "#101010")
set cbrange [20:70]
set yrange [N - 1.5 : -0.5]
set xrange [-0.5 : 5.5]
do for [i=2:N] { set ytics add (name(i) i - 2) }
ink(value) = (value > 50 ? 0xffffff : 0x000000)
plot for [i=2:N] data using 0:(i - 2):(0.5):(0.5):i:xtic(1) every ::1 with boxxyerror lc palette lw 0.5, \
     for [i=2:N] data using 0:(i - 2):(sprintf("%.1f", column(i))):(ink(column(i))) every ::1 \
         with labels tc rgb variable font ",8"
