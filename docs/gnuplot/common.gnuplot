# What all comparisons share: hair lines, grey steps and patterns for one ink, the unit at the head of the axis.
set datafile separator tab
set encoding utf8
set border 3 lw 0.5
set tics nomirror out scale 0.5
set grid ytics lt 1 lc rgb "#d0d0d0" lw 0.3
set key outside top center horizontal samplen 2 reverse Left maxrows 1
set style fill solid border lc rgb "black"
set bmargin 3
set tmargin 4
grey = 0x909090
