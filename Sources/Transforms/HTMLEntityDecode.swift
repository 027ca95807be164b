import Behaviour
import Bytes

/// HTML_ENTITY_DECODE: entities become the characters they stand for, in one pass.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide, for numeric entities and the
/// names of ``HTMLEntityNames``. *Assumed*: values of 128 to 255 are one byte, as `&nbsp;` is; a
/// numeric entity of no Unicode character is copied; and the readings of Q17, each with its
/// other:
///
/// | | default | other reading (what ModSecurity does, but for the first) |
/// |---|---|---|
/// | `&apos;` | `'` | `\`, as AWS's page is printed |
/// | numeric value above 255 | the character in UTF-8 | the low byte |
/// | numeric entity without `;` | decoded | copied |
/// | named entity without `;` | copied | decoded, where the name is all letters and digits there |
///
/// They are one question: the flipped output has all four other readings.
func applyHTMLEntityDecode(
  to input: Span<UInt8>, into output: inout [UInt8], flipping: OpenQuestions
) -> TransformEffect {
  let isFlipped = flipping.contains(.htmlEntities)
  var isQuestionable = false
  var changed = false
  // Everything before `copied` is in the output already.
  var copied = 0
  var index = 0
  while let ampersand = input.firstIndex(
    from: index, inBlocks: { $0.isByte(UInt8(ascii: "&")) })
  {
    guard HTMLEntityNames.mayBegin(input, at: ampersand + 1),
      let entity = HTMLEntity(in: input, at: ampersand)
    else {
      index = ampersand + 1
      continue
    }
    if entity.isQuestionable { isQuestionable = true }
    guard let replacement = isFlipped ? entity.otherReplacement : entity.replacement else {
      index = ampersand + 1
      continue
    }
    if !changed {
      output.removeAll(keepingCapacity: true)
      output.reserveCapacity(input.count)
    }
    changed = true
    output.append(contentsOf: input.extracting(copied..<ampersand))
    replacement.write(to: &output)
    index = entity.end
    copied = index
  }
  if changed { output.append(contentsOf: input.extracting(copied..<input.count)) }
  return TransformEffect(changed: changed, hangingOn: .htmlEntities, if: isQuestionable)
}

/// What an entity becomes.
private enum EntityReplacement: Equatable {
  case byte(UInt8)
  case character(Unicode.Scalar)

  func write(to output: inout [UInt8]) {
    switch self {
    case .byte(let byte): output.append(byte)
    case .character(let scalar): output.append(contentsOf: UTF8.encode(scalar) ?? .init())
    }
  }
}

/// Text that is an entity in at least one reading.
private struct HTMLEntity {
  /// What it becomes by default and in the other reading of Q17; nil where it is copied.
  var replacement: EntityReplacement?
  var otherReplacement: EntityReplacement?
  /// The position after the entity.
  var end: Int

  var isQuestionable: Bool { replacement != otherReplacement }

  init?(in input: Span<UInt8>, at ampersand: Int) {
    let start = ampersand + 1
    guard start < input.count else { return nil }
    if input[start] == UInt8(ascii: "#") {
      self.init(numberIn: input, at: start + 1)
    } else {
      self.init(nameIn: input, at: start)
    }
  }

  private init?(numberIn input: Span<UInt8>, at start: Int) {
    let isHex = start < input.count && input[start] | 0x20 == UInt8(ascii: "x")
    let radix: UInt32 = isHex ? 16 : 10
    let digits = isHex ? start + 1 : start
    var value: UInt32 = 0
    var lowByte: UInt8 = 0
    var end = digits
    while end < input.count, let digit = input[end].hexDigitValue, digit < radix {
      lowByte = lowByte &* UInt8(radix) &+ digit
      // Clamped above the last character, so that any number of digits is fine.
      value = min(value * radix + UInt32(digit), 0x11_0000)
      end += 1
    }
    guard end > digits else { return nil }
    let hasSemicolon = end < input.count && input[end] == UInt8(ascii: ";")
    self.end = hasSemicolon ? end + 1 : end
    replacement =
      value < 256 ? .byte(lowByte) : Unicode.Scalar(value).map(EntityReplacement.character)
    otherReplacement = hasSemicolon ? .byte(lowByte) : nil
  }

  private init?(nameIn input: Span<UInt8>, at start: Int) {
    let last = min(start + HTMLEntityNames.longest + 1, input.count)
    let end =
      input.extracting(first: last).firstIndex(from: start) { block in
        .!(block.isByte(from: 0x30, count: 10)
          .| (block | ByteBlock(repeating: 0x20)).isASCIILowercase)
      } ?? last
    guard let byte = HTMLEntityNames.byte(named: input.extracting(start..<end)) else { return nil }
    let hasSemicolon = end < input.count && input[end] == UInt8(ascii: ";")
    self.end = hasSemicolon ? end + 1 : end
    replacement = hasSemicolon ? .byte(byte) : nil
    otherReplacement = .byte(byte == UInt8(ascii: "'") ? UInt8(ascii: "\\") : byte)
  }
}
