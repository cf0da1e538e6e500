/** For the operator, in both languages: why the program does not start. */
export const INSTALLATION_FAULTS = {
  restore_cut_off:
    '上次恢复没有完成，请重新运行 npm run -s lianbing -- restore FILE / a restore was cut off: run it again',
  keys_foreign:
    'DATA_DIR/keys 里的密钥不是这个数据库的，身份证号将无法读取。请放回原来的密钥文件 / these keys belong to another database: put the right key files back',
  demo_in_real:
    'LIANBING_DEMO=0，但这个数据库里是演示数据。请换一个空的 DATA_DIR 或 DATABASE_URL / LIANBING_DEMO=0, but this database holds demo data',
} as const;
