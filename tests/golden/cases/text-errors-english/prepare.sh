mkdir -p data/文字
ln -s /etc/hostname data/文字/外.txt
printf '\201\060\201\n' >data/文字/坏.txt
