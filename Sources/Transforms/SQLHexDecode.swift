import Bytes

/// SQL_HEX_DECODE: `0x` and the pairs of hexadecimal digits behind it become bytes.
///
/// *Documented*: "Text transformations", AWS WAF Developer Guide, for a whole value (`0x414243`).
/// *Assumed*, after ModSecurity's `sqlHexDecode`: anywhere in the value; `0X` counts; at least one
/// pair; a last digit without a partner is copied.
func applySQLHexDecode(to input: Span<UInt8>, into output: inout [UInt8]) -> TransformEffect {
  // Zeros are in many values, an x in few.
  guard
    input.firstIndex(inBlocks: {
      ($0 | ByteBlock(repeating: 0x20)).isByte(UInt8(ascii: "x"))
    }) != nil
  else { return .unchanged }
  var copied = 0
  var index = 0
  while let zero = firstSQLHexMark(in: input, from: index) {
    guard isSQLHex(in: input, at: zero) else {
      index = zero + 1
      continue
    }
    if copied == 0 {
      output.removeAll(keepingCapacity: true)
      output.reserveCapacity(input.count)
    }
    output.append(contentsOf: input.extracting(copied..<zero))
    index = zero + 2
    while let byte = hexPair(in: input, at: index) {
      output.append(byte)
      index += 2
    }
    copied = index
  }
  guard copied > 0 else { return .unchanged }
  output.append(contentsOf: input.extracting(copied..<input.count))
  return TransformEffect(changed: true)
}

/// The position of the first `0x` or `0X` at or after `start`.
private func firstSQLHexMark(in input: Span<UInt8>, from start: Int) -> Int? {
  input.firstPair(from: start) { first, second in
    first.isByte(UInt8(ascii: "0"))
      .& (second | ByteBlock(repeating: 0x20)).isByte(UInt8(ascii: "x"))
  }
}

/// Whether `0x` and at least one pair of digits are at `index`, where a `0` is.
private func isSQLHex(in input: Span<UInt8>, at index: Int) -> Bool {
  index + 1 < input.count && input[index + 1] | 0x20 == UInt8(ascii: "x")
    && hexPair(in: input, at: index + 2) != nil
}

/// Where a number begins that the end of the input cuts, or the half of its last pair; the end of
/// the input where it cuts none.
func startOfOpenSQLHex(_ input: Span<UInt8>) -> Int {
  var index = 0
  while let zero = input.firstIndex(of: UInt8(ascii: "0"), from: index) {
    // `0x` and a pair.
    guard zero + 4 <= input.count else { return zero }
    guard isSQLHex(in: input, at: zero) else {
      index = zero + 1
      continue
    }
    index = zero + 4
    while hexPair(in: input, at: index) != nil { index += 2 }
    if index + 1 == input.count, input[index].hexDigitValue != nil { return index }
  }
  return input.count
}
