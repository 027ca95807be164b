import Testing
import WAFRequests

@testable import WAFEngine
@testable import WAFProgram

/// A condition that asks the same unknown at several places, under a NOT at one of them.
struct MixedLeafTests {
  struct Case: CustomTestStringConvertible {
    var testDescription: String
    var shown: Shown
    var formula: @Sendable (inout ProgramBuilder) -> Formula

    init(
      _ name: String, _ shown: Shown,
      _ formula: @escaping @Sendable (inout ProgramBuilder) -> Formula
    ) {
      testDescription = name
      self.shown = shown
      self.formula = formula
    }
  }

  static let cases: [Case] = [
    Case("x OR NOT x", .yes) { builder in
      let x = builder.unknown("x")
      return .or([x, .not(x)])
    },
    Case("x AND NOT x", .no) { builder in
      let x = builder.unknown("x")
      return .and([x, .not(x)])
    },
    Case("NOT (x AND NOT x)", .yes) { builder in
      let x = builder.unknown("x")
      return .not(.and([x, .not(x)]))
    },
    Case("x OR NOT y", .unknown) { builder in
      .or([builder.unknown("x"), .not(builder.unknown("y"))])
    },
    Case("(x AND y) OR NOT x", .unknown) { builder in
      let x = builder.unknown("x")
      return .or([.and([x, builder.unknown("y")]), .not(x)])
    },
    Case("(x AND known) OR (NOT x AND known)", .yes) { builder in
      let x = builder.unknown("x")
      let known = builder.match(at: .exact)
      return .or([.and([x, known]), .and([.not(x), known])])
    },
    Case("(x AND y) OR (NOT x AND y), y unknown", .unknown) { builder in
      let x = builder.unknown("x")
      let y = builder.unknown("y")
      return .or([.and([x, y]), .and([.not(x), y])])
    },
    Case("x = y either way", .yes) { builder in
      let x = builder.unknown("x")
      let y = builder.unknown("y")
      return .or([.and([x, y]), .and([x, .not(y)]), .not(x)])
    },
    Case("x OR NOT x, x known at a weaker level", .yes) { builder in
      let x = builder.match(at: .assumed)
      return .or([x, .not(x)])
    },
    Case("seven of them", .unknown) { builder in
      .and(
        (0..<7).map { number in
          let x = builder.unknown("x\(number)")
          return .or([x, .not(x)])
        })
    },
  ]

  @Test(arguments: cases)
  func oneAnswerInEachWorld(_ item: Case) {
    #expect(shown(blocking(item.formula), .plain) == item.shown)
  }

  @Test
  func theOtherRulesAreLeftAlone() {
    let program = blocking { builder in
      let x = builder.unknown("x")
      return .and([x, x])
    }
    #expect(program.mixedLeaves.isEmpty)
    #expect(shown(program, .plain) == .unknown)
  }
}
