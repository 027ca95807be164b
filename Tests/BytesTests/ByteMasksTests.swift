import Bytes
import CByteMasks
import TestSupport
import Testing

/// The masks are what a loop over the bytes says, on every machine.
@Suite struct ByteMasksTests {
  private func bits(_ bytes: ArraySlice<UInt8>, _ holds: (UInt8) -> Bool) -> UInt64 {
    bytes.enumerated().reduce(0) { $0 | (holds($1.element) ? 1 << UInt64($1.offset) : 0) }
  }

  /// Bytes of which each value stands at each place of a block.
  private static let allPlaces: [UInt8] = (0..<64 * 256).map {
    UInt8(truncatingIfNeeded: $0 / 64 + $0 % 64 * 7)
  }

  @Test(arguments: [true, false]) func masksOfJSON(_ anywhere: Bool) {
    let bytes = Self.allPlaces
    let blocks = bytes.count / 64
    var masks = [wafcast_json_masks](repeating: wafcast_json_masks(), count: blocks)
    if anywhere {
      wafcast_mask_json_anywhere(bytes, blocks, &masks)
    } else {
      wafcast_mask_json(bytes, blocks, &masks)
    }
    for (index, mask) in masks.enumerated() {
      let block = bytes[index * 64..<index * 64 + 64]
      let expected: [(UInt64, (UInt8) -> Bool)] = [
        (mask.quotes, { $0 == UInt8(ascii: "\"") }),
        (mask.backslashes, { $0 == UInt8(ascii: "\\") }),
        (mask.openings, { "{[".utf8.contains($0) }), (mask.closings, { "}]".utf8.contains($0) }),
        (mask.colons, { $0 == UInt8(ascii: ":") }), (mask.commas, { $0 == UInt8(ascii: ",") }),
        (mask.spaces, { $0 == 0x20 }), (mask.controls, { $0 < 0x20 }),
      ]
      for (found, holds) in expected { #expect(found == bits(block, holds)) }
    }
  }

  @Test func masksOfStrings() {
    let bytes = Self.allPlaces
    for start in stride(from: 0, to: bytes.count, by: 32) {
      let block = bytes[start..<start + 32]
      let masks = block.withUnsafeBytes { $0.baseAddress.map { wafcast_mask_string($0) } }
      let stops = bits(block) { $0 < 0x20 || $0 == UInt8(ascii: "\"") || $0 == UInt8(ascii: "\\") }
      #expect(masks == stops | bits(block) { $0 >= 0x80 } << 32)
    }
  }
}
