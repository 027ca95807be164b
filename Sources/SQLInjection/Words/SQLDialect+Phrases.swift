extension SQLDialect {
  /// What joins two queries.
  static let unionPhrases: StaticString = """
    intersect all, union all, union all distinct, union distinct, union distinct all
    """

  /// Phrases that begin a query or an expression.
  static let expressionPhrases: StaticString = """
    execute as, execute as login, insert delayed, insert high_priority, insert ignore,
    insert low_priority, select all, select distinct, waitfor delay, waitfor time
    """

  /// Phrases that begin a statement of its own.
  static let statementPhrases: StaticString = """
    begin declare, begin goto, begin try, begin try declare, create or replace,
    insert delayed into, insert high_priority into, insert ignore into, insert into,
    insert low_priority into, load data, load xml
    """

  /// What groups or orders rows.
  static let groupingPhrases: StaticString = """
    group by, order by, partition by
    """

  /// Joins, locks and other phrases.
  static let keywordPhrases: StaticString = """
    alter table, cross join, for update, for update nowait, for update of, for update skip,
    for update skip locked, for update wait, full join, full outer, full outer join,
    in boolean mode, inner join, into dumpfile, into outfile, left join, left outer,
    left outer join, lock in share mode, lock table, lock tables, natural full, natural inner,
    natural join, natural left, natural left outer, natural left outer join, natural outer,
    natural right, next value for, not in, read write, right join, right outer,
    right outer join, with rollup
    """

  /// Comparisons of several words.
  static let operatorPhrases: StaticString = """
    is distinct from, is not, is not distinct from, not between, not like, not regexp,
    not rlike, not similar, not similar to, similar to, sounds like
    """

  /// Phrases that are followed by an argument as a function is.
  static let functionPhrases: StaticString = """
    if exists, if not, if not exists, procedure analyse
    """

  /// Beginnings of longer phrases: a name unless the rest of the phrase follows.
  static let openPhrases: StaticString = """
    create or, in boolean, is distinct, is not distinct, lock in, lock in share, next value
    """

  /// Types of two words.
  static let typePhrases: StaticString = """
    character varying, double precision
    """
}
