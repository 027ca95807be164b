extension SQLDialect {
  /// Words of the grammar that no finer kind names, and those system tables that attacks read.
  static let keywords: StaticString = """
    abort accessible against all_users alter analyze as asc asensitive autoincrement before
    blob both cascade change column condition constraint continue count_big cursor databases
    day_hour day_microsecond day_minute day_second dec default delay delayed desc describe
    deterministic distinct distinctrow each else elseif enclosed escaped exit explain fetch
    force foreign from fulltext function grant high_priority hour_microsecond hour_minute
    hour_second ignore in index infile inner inout insensitive interval into iterate join
    keys kill leading leave linear lines load longblob longtext loop low_priority
    master_bind master_ssl_verify_server_cert match maxvalue mediumblob mediumint mediumtext
    merge middleint minute_microsecond minute_second modifies notnull nowait
    no_write_to_binlog offset open optimize option optionally outfile partition precision
    primary procedure purge range read reads read_write references release rename repeat
    replace require resignal restrict return revoke schema schemas second_microsecond
    sensitive separator signal similar spatial specific sql sqlexception sqlstate sqlwarning
    sql_big_result sql_buffer_result sql_cache sql_calc_found_rows sql_no_cache
    sql_small_result ssl starting straight_join syscolumns sysobjects sysusers terminated
    then time tinyblob tinyint tinytext top trigger undo unlock unsigned usage utc_date
    utc_time utc_timestamp values varbinary varcharacter varying wait when where year_month
    zerofill
    """

  /// Words that begin a statement of its own.
  static let statements: StaticString = """
    begin call declare delete drop exec execute go goto handler print shutdown try use while
    """

  /// Words that begin a query or an expression.
  static let expressions: StaticString = """
    case create insert raiseerror select set update
    """

  /// Words that join two queries.
  static let unions: StaticString = """
    except intersect union
    """

  static let groupings: StaticString = """
    having limit
    """

  static let operators: StaticString = """
    between div eqv is like mod not regexp rlike sounds uescape
    """

  static let logic: StaticString = """
    and or xor
    """

  static let collations: StaticString = """
    collate
    """

  static let numbers: StaticString = """
    false true
    """

  /// Values that the server knows: they read like variables.
  static let variables: StaticString = """
    current_date current_path current_server current_time current_timestamp current_timezone
    current_user localtime localtimestamp null unknown
    """
}
