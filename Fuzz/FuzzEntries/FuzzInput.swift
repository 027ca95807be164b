/// The bytes of an input, the first of them taken as choices.
struct FuzzInput {
  private(set) var rest: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) {
    rest = bytes[...]
  }

  /// The next byte; 0 at the end.
  mutating func byte() -> UInt8 { rest.popFirst() ?? 0 }

  /// One of the choices, by the next byte.
  mutating func choice<Choice>(of choices: [Choice]) -> Choice? {
    let byte = Int(byte())
    return choices.isEmpty ? nil : choices[byte % choices.count]
  }

  /// As many of the next bytes as there are, up to `count`.
  mutating func bytes(_ count: Int) -> [UInt8] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }
}

/// Bytes as an error message can show them.
func quoted(_ bytes: some Collection<UInt8>) -> String {
  let text = bytes.prefix(400).map { byte in
    switch byte {
    case UInt8(ascii: "\\"): "\\\\"
    case 0x20...0x7E: String(UnicodeScalar(byte))
    default: "\\x" + String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
    }
  }
  return "'" + text.joined() + "'"
}
