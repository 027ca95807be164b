import Bytes

/// Whether an attribute's value is a URL whose scheme runs script or holds a page of its own.
enum ScriptURL {
  private static let data = PackedName("data")
  private static let java = PackedName("java")
  private static let vbscript = PackedName("vbscript")
  private static let viewSource = PackedName("view-source")

  /// Whether the value begins as `java…`, `vbscript`, `data` or `view-source` do.
  ///
  /// What browsers pass over is passed over: bytes outside of printable ASCII in front, encoded white
  /// space and controls in front, NULs and line feeds anywhere.
  static func matches(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
    var index = range.lowerBound
    while index < range.upperBound, bytes[index] <= 0x20 || bytes[index] >= 0x7F { index += 1 }
    var bits: UInt128 = 0
    var count = 0
    // The longest scheme of interest has eleven characters.
    while index < range.upperBound, count < 11 {
      let (character, width) = CharacterReferences.character(
        bytes, at: index, before: range.upperBound)
      index += width
      if character == 0 || character == 0x0A || (count == 0 && character <= 0x20) { continue }
      // No scheme has letters beyond ASCII: what was read so far has to be enough.
      guard let byte = UInt8(exactly: character)?.asciiLowercased else { break }
      bits |= UInt128(byte) &<< UInt128(count &* 8)
      count += 1
    }
    let scheme = PackedName(bits: bits, count: count)
    return scheme.hasPrefix(java) || scheme.hasPrefix(data) || scheme.hasPrefix(vbscript)
      || scheme.hasPrefix(viewSource)
  }
}
