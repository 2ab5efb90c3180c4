iconv -f UTF-8 -t GB18030 data/月报.csv | sed 's/$/\r/' >data/gbk.csv
mv data/gbk.csv data/月报.csv
