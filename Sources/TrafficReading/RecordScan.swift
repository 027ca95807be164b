import CByteMasks

/// Finds the end of a record that lies in one piece and on one line, 64 bytes at a time.
///
/// It follows the grammar of `RecordGrammar` for the records that logs are made of. Where it has no
/// answer (a line break, a byte that does not fit, a document that holds records, no end in the
/// piece), the byte-wise grammar finds out what there is; so this one may give up, and may not
/// be wrong.
struct RecordScan {
  /// What bytes follow, white space aside: bits of a block, or whether the first byte of the next one
  /// follows it.
  private struct Followed {
    /// `{`, or a comma in an object: a key follows.
    var keyStart: UInt64 = 0
    /// The end of a key: a colon follows.
    var keyEnd: UInt64 = 0
    /// A colon, `[`, or a comma in an array: a value follows.
    var valueStart: UInt64 = 0
    /// The end of a value: a comma or a closing bracket follows.
    var valueEnd: UInt64 = 0
    /// An opening bracket, which its closing one may follow, too.
    var opening: UInt64 = 0
    /// A byte of a scalar, right before: another one may follow, too.
    var scalar: UInt64 = 0
  }

  /// One bit a level, the innermost one lowest: set for an object.
  private var objects: UInt64 = 0
  private var depth = 0
  /// All bits set inside of a string.
  private var string: UInt64 = 0
  /// Whether the next byte is escaped.
  private var escape: UInt64 = 0
  /// Whether the string at hand is a key.
  private var key: UInt64 = 0
  private var carried = Followed()

  /// The index after the record that begins with the brace at `start`; nil where it takes the
  /// byte-wise grammar to tell.
  static func end(of bytes: Span<UInt8>, from start: Int) -> Int? {
    let count = bytes.count
    // Sound: the pointers are used inside of the calls, the scan keeps to the buffers, and masks are
    // read once they are written.
    return unsafe bytes.withUnsafeBytes { (buffer) -> Int? in
      guard let base = buffer.baseAddress else { return nil }
      return unsafe withUnsafeTemporaryAllocation(
        of: wafcast_json_masks.self, capacity: blocksAtOnce
      ) { (masks) -> Int? in
        guard let allMasks = masks.baseAddress else { return nil }
        var scan = RecordScan()
        var index = start
        while true {
          let blocks = min(blocksAtOnce, (count &- index) &>> 6)
          guard blocks > 0 else { return nil }
          unsafe wafcast_mask_json(base + index, blocks, allMasks)
          for block in 0..<blocks {
            switch unsafe scan.advance(base + index, allMasks[block], before: index &- start) {
            case .goesOn: index &+= 64
            case .ends(let count): return index &+ count
            case .isUnclear: return nil
            }
          }
        }
      }
    }
  }

  /// Masks are made of a few blocks at a time, so that the call costs little.
  private static let blocksAtOnce = 4

  /// What 64 bytes say of the record.
  private enum Outcome {
    case goesOn
    /// It ends after so many of them.
    case ends(Int)
    case isUnclear
  }

  /// Takes 64 bytes, with `before` of the record before them.
  @inline(__always)
  private mutating func advance(
    _ bytes: UnsafeRawPointer, _ masks: wafcast_json_masks, before: Int
  ) -> Outcome {
    let backslashes = masks.backslashes
    let escaped = (backslashes | escape) == 0 ? 0 : self.escaped(backslashes)
    let quotes = masks.quotes & ~escaped
    // From an opening quote on, up to its closing one, which has no bit.
    let inString = quotes.runningParity ^ string
    string = UInt64(bitPattern: Int64(bitPattern: inString) >> 63)

    let openings = masks.openings & ~inString
    let closings = masks.closings & ~inString
    let colons = masks.colons & ~inString
    let commas = masks.commas & ~inString

    // The brackets, one by one. What is an object's and what an array's is needed for the commas.
    var end = 0
    var isObject: UInt64 = 0 &- (objects & 1)
    var openedObjects: UInt64 = 0
    let brackets = openings | closings
    var left = brackets
    while left != 0 {
      let index = left.trailingZeroBitCount
      let bit = left & (0 &- left)
      left &= left &- 1
      // Sound: the index is below 64.
      let isBrace = unsafe UInt64(bytes.load(fromByteOffset: index, as: UInt8.self) & 0x20) >> 5
      if openings & bit != 0 {
        if isBrace == 0, depth <= 2,
          unsafe Self.mayOpenContainer(bytes + index, before: before &+ index)
        {
          return .isUnclear
        }
        guard depth < 64 else { return .isUnclear }
        depth &+= 1
        objects = objects &<< 1 | isBrace
        openedObjects |= bit & (0 &- isBrace)
      } else {
        guard objects & 1 == isBrace else { return .isUnclear }
        objects = objects &>> 1
        depth &-= 1
        if depth == 0 {
          end = index &+ 1
          break
        }
      }
      isObject = (isObject & (bit &- 1)) | ((0 &- (objects & 1)) & ~(bit &- 1))
    }
    let used = end == 0 ? UInt64.max : UInt64.max &>> UInt64(truncatingIfNeeded: 64 &- end)

    let outside = ~inString
    let tokens = Tokens(
      inString: inString, openingQuotes: quotes & inString, closingQuotes: quotes & outside,
      openings: openings, closings: closings, colons: colons, commas: commas,
      scalars: outside & ~(quotes | masks.spaces | brackets | colons | commas),
      openedObjects: openedObjects, isObject: isObject)
    let spaces = masks.spaces & outside
    // The compiler makes code of its own for text without spaces, as logs have it.
    let misplaced = spaces == 0 ? misplaced(tokens, spaces: 0) : misplaced(tokens, spaces: spaces)
    let faults = misplaced | masks.controls | backslashes & outside
    guard faults & used == 0 else { return .isUnclear }
    return end == 0 ? .goesOn : .ends(end)
  }

  /// What there is outside of strings, and the quotes.
  private struct Tokens {
    var inString: UInt64
    var openingQuotes: UInt64
    var closingQuotes: UInt64
    var openings: UInt64
    var closings: UInt64
    var colons: UInt64
    var commas: UInt64
    var scalars: UInt64
    /// The openings that are braces.
    var openedObjects: UInt64
    /// The bytes whose innermost bracket is a brace.
    var isObject: UInt64
  }

  /// The bytes that do not fit to those before.
  @inline(__always)
  private mutating func misplaced(_ tokens: Tokens, spaces: UInt64) -> UInt64 {
    let openingQuotes = tokens.openingQuotes
    var after = Followed()
    after.keyStart = Self.next(
      tokens.openedObjects | tokens.commas & tokens.isObject, spaces, &carried.keyStart)
    // Adding a key's first bit to the run of its bits carries to the closing quote.
    let (sum, overflows) = tokens.inString.addingReportingOverflow(openingQuotes & after.keyStart)
    let (sumWithCarry, overflowsToo) = sum.addingReportingOverflow(key)
    key = overflows || overflowsToo ? 1 : 0
    let keyEnds = tokens.closingQuotes & sumWithCarry
    after.keyEnd = Self.next(keyEnds, spaces, &carried.keyEnd)
    after.valueStart = Self.next(
      tokens.colons | tokens.openings & ~tokens.openedObjects | tokens.commas & ~tokens.isObject,
      spaces, &carried.valueStart)
    after.valueEnd = Self.next(
      tokens.closingQuotes & ~keyEnds | tokens.closings | tokens.scalars, spaces,
      &carried.valueEnd)
    after.opening = Self.next(tokens.openings, spaces, &carried.opening)
    after.scalar = Self.next(tokens.scalars, 0, &carried.scalar)

    let closingsOfNothing = tokens.closings & after.opening
    return (after.keyEnd ^ tokens.colons)
      | after.keyStart & ~(openingQuotes | closingsOfNothing)
      | after.valueStart & ~(openingQuotes | tokens.scalars | tokens.openings | closingsOfNothing)
      | after.valueEnd & ~(tokens.commas | tokens.closings | tokens.scalars)
      | tokens.scalars & ~(after.valueStart | after.scalar)
  }

  /// The bytes that follow those of a mask, spaces aside.
  @inline(__always)
  private static func next(
    _ mask: UInt64, _ spaces: UInt64, _ carried: inout UInt64
  ) -> UInt64 {
    let following = mask &<< 1 | carried
    carried = mask &>> 63
    if spaces == 0 { return following }
    // Adding the first bit of a run of spaces carries to the byte after the run.
    let (sum, overflows) = spaces.addingReportingOverflow(following & spaces)
    if overflows { carried = 1 }
    return (following | sum) & ~spaces
  }

  /// Which bytes follow a backslash that is none itself.
  @inline(never)
  private mutating func escaped(_ backslashes: UInt64) -> UInt64 {
    var escaped = escape
    var left = backslashes & ~escape
    escape = 0
    while left != 0 {
      let bit = left & (0 &- left)
      if bit &<< 1 == 0 { escape = 1 }
      escaped |= bit &<< 1
      left &= ~(bit | bit &<< 1)
    }
    return escaped
  }

  /// Whether the array that begins at `bytes`, behind `before` bytes of the record, may be one that
  /// holds records: few names end as those of such members do.
  @inline(never)
  private static func mayOpenContainer(_ bytes: UnsafeRawPointer, before: Int) -> Bool {
    var left = before
    var colons = 0
    // Sound: `left` bytes of the record precede this one, and none before the first is looked at.
    while left > 4 {
      switch unsafe bytes.load(fromByteOffset: left &- before &- 1, as: UInt8.self) {
      case 0x20: break
      case UInt8(ascii: ":"): colons &+= 1
      case UInt8(ascii: "\""):
        guard colons == 1 else { return false }
        let end = unsafe bytes.loadUnaligned(
          fromByteOffset: left &- before &- 5, as: UInt32.self)
        // `events`, `logEvents`, `results`, `hits`, `entries`.
        switch end.bigEndian {
        case 0x656E_7473, 0x756C_7473, 0x6869_7473, 0x7269_6573: return true
        default: return false
        }
      default: return false
      }
      left &-= 1
    }
    return true
  }
}

extension UInt64 {
  /// For each bit, whether the bits up to it, that one included, are an odd number.
  @inline(__always)
  var runningParity: UInt64 {
    var parity = self
    parity ^= parity &<< 1
    parity ^= parity &<< 2
    parity ^= parity &<< 4
    parity ^= parity &<< 8
    parity ^= parity &<< 16
    parity ^= parity &<< 32
    return parity
  }
}
