# As WPS saves it: GBK, CRLF, and rows for other papers.
printf '模板,期间,位置,改定值,理由,改定人\r\n讲话稿,2024-06,第9段第9数,1,例,张书记\r\ntemplate,2024-06,第1段第1数,"1,043.5",漏登一千吨,张书记\r\ntemplate.xml,2024-05,第7段第1数,5,例,张书记\r\n' |
    iconv -f UTF-8 -t GBK >data/改定.csv
