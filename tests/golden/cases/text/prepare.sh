# as 记事本 saves it: GBK, CRLF
mkdir -p data/文字
iconv -f UTF-8 -t GBK text.txt | sed 's/$/\r/' >data/文字/2024-06.txt
