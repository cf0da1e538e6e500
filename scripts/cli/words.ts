/** Help of the operator's command line, in both languages. */
export const HELP = `用法 / usage:  npm run -s lianbing -- <命令 / command>

  import roster FILE --as ACCOUNT [--division CODE] [--dry-run] [--json]
      导入花名册或企业人员台账 / load a roster
  import questions FILE --as ACCOUNT [--dry-run] [--json]
      导入题库 / load a question bank
  backup FILE [--with-keys KEYFILE]
      备份数据库和上传的文件；密钥另存，缺了密钥无法还原身份证号
      / back up database and uploads; keys only with --with-keys
  restore FILE [--with-keys KEYFILE]
      恢复到空的数据库；服务器运行时拒绝 / restore into an empty database, server stopped
  drill lint FILE
      检查演练脚本，逐条说明哪里要改 / check a drill script
  drill dry-run FILE [--cast nobody|in_time|late|other_option]
      按时钟空跑脚本，不需要人 / play the script against the clock without people
  verify
      核对操作记录的哈希链、覆盖率计数与台账、上传文件、密钥
      / check hash chains, counters against ledgers, uploads, keys
  account create LOGIN --role ROLE --division CODE [--name NAME]
  account reset LOGIN
      新建账号、重置密码；密码打印在屏幕上，只显示一次 / the password is shown once
  seed
      装入基础数据；数据库为空且允许演示时，一并装入演示数据
      / load reference data, and the demo counties into an empty database unless LIANBING_DEMO=0
  --help

  选项 / options:
    --as ACCOUNT     以哪个账号的权限操作 / act as this account
    --division CODE  县级区划代码，如 411426 / county code
    --dry-run        只核对，不写入 / check only
    --json           在标准输出打印 JSON / print JSON
`;
