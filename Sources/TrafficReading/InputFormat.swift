/// What the first bytes of an input say it is; names and suffixes are not asked.
package enum InputFormat: String, Hashable, Sendable, CaseIterable {
  case plain, gzip, zstd
  // Refused, each with a hint.
  case bzip2, xz, zip, parquet, compress, utf16

  /// The number of first bytes that are looked at.
  static let probeBytes = 8

  init(firstBytes: ArraySlice<UInt8>) {
    self =
      Self.allCases.first { format in
        format.signatures.contains { firstBytes.starts(with: $0) }
      } ?? .plain
  }

  private var signatures: [[UInt8]] {
    switch self {
    case .plain: []
    case .gzip: [[0x1F, 0x8B]]
    case .zstd:
      // A frame, and those to be skipped.
      [[0x28, 0xB5, 0x2F, 0xFD]] + (UInt8(0x50)...0x5F).map { [$0, 0x2A, 0x4D, 0x18] }
    case .bzip2: [Array("BZh".utf8)]
    case .xz: [[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]]
    case .zip: [[0x50, 0x4B, 0x03, 0x04], [0x50, 0x4B, 0x05, 0x06]]
    case .parquet: [Array("PAR1".utf8)]
    case .compress: [[0x1F, 0x9D]]
    case .utf16: [[0xFF, 0xFE], [0xFE, 0xFF]]
    }
  }

  /// How to make the input readable; nil where it is.
  package var hint: String? {
    switch self {
    case .plain, .gzip, .zstd: nil
    case .bzip2: "decompress it first: bzip2 -dc FILE | wafcast … -"
    case .xz: "decompress it first: xz -dc FILE | wafcast … -"
    case .zip: "unpack it first: unzip -p FILE | wafcast … -"
    case .parquet: "export it as JSON lines first"
    case .compress: "decompress it first: gzip -dc FILE | wafcast … -"
    case .utf16: "convert it to UTF-8 first: iconv -f UTF-16 -t UTF-8 FILE | wafcast … -"
    }
  }
}
