printf '数\n1\n' >"$(printf 'data/月报/2024-06-\264\345.csv')"
