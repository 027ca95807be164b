/// How often two bytes follow one another in the values of ordinary requests.
///
/// Bytes are told apart by their low five bits and by whether they stand in the upper half of ASCII:
/// 64 classes, which is the alphabet of ``LiteralPrefilter`` too. A letter has the class of its other
/// case; control bytes fall on punctuation and digits, and bytes from 0x80 on those below.
///
/// The figures are of URIs, query strings, cookies, user agents, other headers and bodies, made by
/// generators and written by hand. They are guesses that cost time only where they are wrong.
enum BytePairs {
  /// How many classes of bytes there are.
  static let classCount = 64

  /// The class of a byte.
  @inline(__always)
  static func byteClass(of byte: UInt8) -> Int {
    Int(byte & 0x1f | (byte & 0x40) >> 1)
  }

  /// The share of positions that begin with `first` and go on with `second`, by their classes.
  static func share(_ first: Int, _ second: Int) -> Double {
    shares[first * classCount + second]
  }

  /// The share of positions that have a byte of the class.
  static func share(_ byteClass: Int) -> Double {
    singleShares[byteClass]
  }

  private static let shares: [Double] = levels.utf8.compactMap { digit in
    // A hexadecimal digit is the negated binary logarithm of the share, less four.
    Character(Unicode.Scalar(digit)).hexDigitValue.map { 1 / Double(16 << $0) }
  }

  private static let singleShares: [Double] = (0..<classCount).map { first in
    shares[(first * classCount)..<((first + 1) * classCount)].reduce(0, +)
  }

  /// A row for each first class, a column for each second one: first 0x20 to 0x3f, where control
  /// bytes fall, then 0x40 to 0x7f in two cases.
  private static let levels = """
    9c6efbad5cbba9999689999a99cacadde554566686a95676696557766869cdfc
    dfdffffffefefffffffffeffffffffffffdfffffffffefffefffffffefffffff
    bfdffeeefffe7bccc88ccbcccc67cdfffaa8aaabb9cbaa79a9a89bb8ccdff8fe
    dffefffffffffffffffffffffffefeffffefffffffffefffefffffffdeffffff
    efffffffffffffffffffffffffffffffffefffffffffefffffffffffddffffff
    bfeffeeffffecdccbc46cca7a9edfcfffab9baaccbedbcbbbdcbbdddcdeffffe
    afeffedfffffdeddcdddddddddfefdfff898aa9bb8bb9a9b898787bbcddffffb
    cfeffeedffffffffefffffffefefffffaedeefffffffdeffefe9dfefdcffffff
    cfffffffeefeeecdcdbeeeeeeefefefffbc9ccccd8a789cccfdbcee88defffff
    5fefffffffffcebddeeeeeeeeeddfeffaddddceeedfecddddfdddeeeeeffffff
    bfeffeffffefbab6dddeeeeeeee6fefffccadcdddcfecddccedcceeeddffcfff
    cfeffafffffedcccbbccdddddcfdfdfff798999aa8bc99989b9879a86adfffff
    4f9ffcdfee6dbcba9aababbbbbdcfbfff5a96589b5dcaa998c988ababdcffffd
    9fdffcdfee9cc7bb6778888878dcfbfff677677899aa88a69b8787b7babffffc
    9f9ffa9fdddcab9a4566886855cbfbfff99594a9897b9a898c9899b8bbbffffd
    9fcffaafdd6cbba59578857988cafbfcf5768888678b78885b7589755bbeffdb
    5e8ff78dc8db76395566666666b7fafdf777777998aa99999a997aaa9a9fabd9
    7fbefa8dcadc87585666556666c7fafdf7777779a9aa99999a999aa9aaaf9deb
    9fbff69fdbdc99685656666666c8fafaf676775aa9a997999a997aaaaaaf9ffb
    9fbffa9febdc99796667665566c8fbfef577777aa9a999999a999aaaaaafafec
    9f8ffaafe8ec987a6666666666d7fbfef777777aa9aa99999aa99aaaaaafaefb
    7fcffa9febeca95a6675666766d7fbfdf777777aa9aa9a999a999aa9aaafbee9
    7fcffa9fe9dba88a6667676666d8fbfef777777aa9aaaa999aa99aaaaaafbee8
    afcffaafe9eca96a6666676766b8fbfef767677aa9aa9a999aa999aaaaafbffc
    8fcffa9fe9cc987a6667666666d7fbfef777777aa9aaaa99aaa99aaaaaafbee9
    afcffaaae8bb597a6666666666d8fbfef777777aa9aa99999aa99aaaaaafdfdc
    6f8ffeffefeebbb577abbbbcbbddedeffaabcaabdabebcaaaecbacedded9ffff
    3fdffddfecedccbbbbbcccccccdcfcfff9baaabccaecbbbab4baac7ccddffffe
    dfffffffffffffffffffffffffffffffffefffebffffdfffeffeefffffffffff
    ad7ff8afdeddbaaa4678788878bafafdf787886778aa89989a9879a9a9acefed
    dfeffffffffffffdffffffffffffffffffefffffffffeeffeffffffffffffffc
    dfffffdcfffffeed8ccffffffdfffffffd8dedaffaffaeedaabaaaffffffffff
    fffffffffffffffffeeefffff9fffffffefffefeffffffffffffffffffffffff
    7faff69fccb998867677777777a8f7f8f66566648698545848463857889eddfa
    9dbef8bedcdb99a97777777777b9f8fef67676789796689669588798989feff8
    7dbdf7aedcd9a787777777777798f9fdf47665795795788479755799999edff9
    6f8ffa9fdbd898987777777777a8f6fef67763799699887689778699999fdff9
    4f7ff78ccbc65554767777777796f6fde55555578799574768446876489ec9f8
    8fbff89feeda69aa7777777777a9f8fef57676699699588689686698999feffb
    7faffa9fede9a7989aaaaaaaaacbf8f9f588949985a9887799788899996ffffa
    7fbffbbfedd9baa999aaaaaaa9a8f9fff689959996999994996947999a9ffffb
    8fbffabfddca99868999998999aaf9fef77456558896544359665769898eefeb
    cfdffedefffddcdbaa9aaaaaaaebfcfff8999999999999998a9699a9a9affffc
    8f9ffbbfeeebb899aaaaaaaaaadbfafcf899959966a98986999898999a9ffffb
    6eacda9fdcc6489899999999a996d8daf48873999499588689877799979feefa
    8e8ff7addcdaa896999999a9998ae9fdf48894999699478549978899989feef7
    6faffb9cdad897749999a9899996f5caf59555859598887789854789998ffcf9
    7fbffbbfd7d9a9979999999999aae9edf77657679796743659455586896efffa
    8fbffabfcdda575799999aaaa989f8faf59886987699387649557799999feff9
    bfbffdcfffedcbcbaaaaaaaaaaebf4fff889999999a99999999987999a9ffffb
    6faffb9fdcd86798999aaaaaaa99f8fed69674689598778489865679979ffffa
    5f8ff78fdad78775999999999957f7f9f58784895597788679654788989deef9
    5f9ff99accc8978599999999998af4ede58863884499748559655898979edef8
    7f9ffcbeeceababa9a9aaaaaaad8fafff876869897a9765979666999799feffa
    bfdffdcfefedcbbba98aaaaaaa7bf7fff799959895aa99999999999a99affffb
    8fcffbbfeeeaa86a9aaaaaaaa9bbf9fff799959986a9998799969995999ffffb
    7fcefcbcd9dcb8b8989aaa8a89a8fbfff49987996999959989996999999feffb
    7e8fcbafdec9bb98aa9aaaaababbfacff999989999a9998789989999999ffffa
    bfdffdbffffdcbccaaaaaaaaaaebfbfff8999899959a999999969a99989ffffb
    df7fffffffffffffeceffdfedefffffffdfcecfffcffefeecfeceefffffafeff
    cfcffffffffffffff7fefffefcfffffffdfffefffeffffdeeffceffe9fffdfff
    cfffffcfffff8ffffffffffffffefdfffffffffffffffffffffffffffffff9ff
    ffffffefffffffffcdfcfffeffffffffffffffffffffffffffffffffffffffff
    cfeffeffffffdcdca8abbb89bcfefdfef9b8aaa7a9ba9aaaab9789abcbbffffb
    """
}
