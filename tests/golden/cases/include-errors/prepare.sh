mkdir 夹
