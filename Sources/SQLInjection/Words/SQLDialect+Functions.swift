extension SQLDialect {
  /// Functions of MySQL, PostgreSQL, SQL Server, Oracle, SQLite and Access.
  static let functions: StaticString = """
    abs acos adddate addtime aes_decrypt aes_encrypt age any applock_mode applock_test
    app_name array_agg array_cat array_dim array_fill array_length array_lower array_ndims
    array_prepend array_to_json array_to_string array_upper ascii asin assemblyproperty atan
    atan2 avg benchmark bin bit_and bit_count bit_length bit_or bit_xor bool_and bool_or
    btrim cast cbool cbrt cbyte ccur cdate cdbl ceil ceiling certencoded certprivatekey
    changes char character_length charindex charset char_length chdir checksum_agg choose
    chr cint clng clock_timestamp coalesce coercibility collation columnproperty col_length
    col_name compress concat concat_ws connection_id conv convert convert_from convert_to
    convert_tz cos cot count crc32 csng ctxsys.drithsx.sn cume_dist curdate curdir
    currentuser current_database current_query current_schema current_schemas
    current_setting currval cursor_status curtime cvar databasepropertyex
    database_principal_id datalength date dateadd datediff datefromparts datename datepart
    dateserial datetime2fromparts datetimefromparts datetimeoffsetfromparts datevalue
    date_add date_format date_part date_sub date_trunc davg day dayname dayofmonth dayofweek
    dayofyear dbms_lock.sleep dbms_pipe.receive_message dbms_utility.sqlid_to_sqlhash db_id
    db_name dcount decode degrees dense_rank des_decrypt des_encrypt dfirst difference dlast
    dlookup dmax dmin dsum elt encode encrypt eomonth exists exp export_set extract
    extractvalue field filegroupproperty filegroup_id filegroup_name filelen fileproperty
    file_id file_idex file_name find_in_set first_value floor fn_virtualfilestats format
    found_rows from_base64 from_days from_unixtime fulltextcatalogproperty
    fulltextserviceproperty generate_series generate_subscripts getattr getdate getutcdate
    get_bit get_byte get_format get_lock greatest grouping grouping_id group_concat
    hashbytes has_perms_by_name hex host_name hour identify if iff ifnull iif
    indexkey_property indexproperty index_col inet_aton inet_ntoa initcap instr instrrev
    isdate isempty isfinite isnull isnumeric is_free_lock is_member is_rolemember
    is_srvrolemember is_used_lock json_keys julianday justify_days justify_hours
    justify_interval key_id lag lastval last_insert_id last_insert_rowid last_value lcase
    lead least left length ln load_extension load_file locate log log10 log2 lower lpad
    ltrim makedate make_set master_pos_wait max md5 microsecond mid min minute mkdir month
    monthname name_const nextval now nth_value ntile nullif nz objectproperty
    objectpropertyex object_definition object_id object_name object_schema_name oct
    octet_length old_password opendatasource openquery openrowset openxml ord
    original_db_name original_login overlaps overlay parsename patindex percentile_disc
    percent_rank period_add period_diff permissions pg_client_encoding pg_ls_dir
    pg_read_file pg_sleep pi position pow power pwdcompare pwdencrypt quarter quote
    quotename radians rand random randomblob rank regexp_instr regexp_matches regexp_replace
    regexp_split_to_array regexp_split_to_table regexp_substr release_lock replicate reverse
    round row row_count row_number rpad rtrim schema_id scope_identity sec_to_time
    serverproperty session_user setattr setval sha sha1 sha2 sign sin sleep
    smalldatetimefromparts some soundex space split_part sqlite_version sqrt
    statement_timestamp stats_date stddev stddev_pop stddev_samp strcmp strcomp strconv
    string_agg string_to_array strpos str_to_date stuff subdate substr substring
    substring_index subtime sum suser_id suser_name suser_sid suser_sname sysdate
    sysdatetime sysdatetimeoffset system_user tan textptr textvalid timediff timefromparts
    timeofday timeserial timestampadd timevalue time_format time_to_sec todatetimeoffset
    total total_changes to_ascii to_base64 to_char to_date to_days to_hex to_number
    to_seconds to_timestamp transaction_timestamp translate trim trunc truncate try_cast
    try_convert try_parse typeof typeproperty type_id type_name ucase uncompress unhex
    unicode unix_timestamp unnest updatexml upper user_lock.sleep using utl_http.request
    utl_inaddr.get_host_address utl_inaddr.get_host_name uuid uuid_short var variance varp
    var_pop var_samp version week weekday weekdayname weekofyear width_bucket xmlagg
    xmlcomment xmlconcat xmlelement xmlexists xmlforest xmlformat xmlpi xmlroot xmltype
    xpath year yearweek zeroblob
    """
}
