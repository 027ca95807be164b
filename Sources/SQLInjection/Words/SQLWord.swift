/// Which word of the dialects a token is: its place in `SQLDialect`.
struct SQLWord: Hashable, Sendable {
  /// 0 for a word that no dialect knows.
  var index: UInt16

  static let none = SQLWord(index: 0)
}

/// What folding and the decision have to know of single words.
struct WordTraits: OptionSet, Hashable, Sendable {
  let rawValue: UInt8

  /// USER, DATABASE, CURRENT_DATE: a name that is a function where a parenthesis follows.
  static let callableName = WordTraits(rawValue: 1)
  /// IN, NOT IN: an operator where a parenthesis follows, else a name.
  static let membership = WordTraits(rawValue: 2)
  /// LIKE, NOT LIKE: a function where a parenthesis follows.
  static let pattern = WordTraits(rawValue: 4)
  /// NOT: an operator with one operand.
  static let negation = WordTraits(rawValue: 8)
  /// IF, IF EXISTS, IFNULL: a statement after a semicolon.
  static let condition = WordTraits(rawValue: 16)
  /// USER: no function where it has an argument.
  static let user = WordTraits(rawValue: 32)
  /// INTO OUTFILE, INTO DUMPFILE: what writes a file.
  static let fileOutput = WordTraits(rawValue: 64)
  /// SLEEP, LOAD_FILE, EXTRACTVALUE: no honest value calls it.
  static let revealing = WordTraits(rawValue: 128)

  static func of(_ text: String) -> WordTraits {
    switch text {
    case "user": [.callableName, .user]
    case "user_id", "user_name", "database", "password", "current_user", "current_date",
      "current_time", "current_timestamp", "localtime", "localtimestamp":
      .callableName
    case "in", "not in": .membership
    case "like", "not like": .pattern
    case "not": .negation
    case _ where text.hasPrefix("if"): .condition
    case "into outfile", "into dumpfile": .fileOutput
    case "sleep", "benchmark", "pg_sleep", "get_lock", "load_file", "extractvalue", "updatexml",
      "xmltype", "pg_read_file", "pg_ls_dir", "load_extension", "randomblob", "openrowset",
      "openquery", "opendatasource", "utl_http.request", "utl_inaddr.get_host_address",
      "utl_inaddr.get_host_name", "dbms_lock.sleep", "dbms_pipe.receive_message",
      "user_lock.sleep", "ctxsys.drithsx.sn", "procedure analyse", "fn_virtualfilestats":
      .revealing
    default: WordTraits(rawValue: 0)
    }
  }
}
