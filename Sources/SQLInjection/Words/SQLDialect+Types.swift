extension SQLDialect {
  /// Names of data types and, with the underscore that MySQL puts before them, of character sets.
  static let typeNames: StaticString = """
    anyarray anyelement bigint bigserial binary boolean bytea character cstring decimal
    double float float4 float8 int int1 int2 int3 int4 int8 integer money numeric oid real
    regclass regconfig regdictionary regoper regoperator regproc regprocedure regtype serial
    serial2 serial4 serial8 smallint smallserial text timestamp varchar void _armscii8
    _ascii _big5 _binary _cp1250 _cp1251 _cp1257 _cp850 _cp852 _cp866 _cp932 _dec8 _eucjpms
    _euckr _gb2312 _gbk _geostd8 _greek _hebrew _hp8 _keybcs2 _koi8r _koi8u _latin1 _latin2
    _latin5 _latin7 _macce _macroman _sjis _swe7 _tis620 _ujis _utf8
    """
}
