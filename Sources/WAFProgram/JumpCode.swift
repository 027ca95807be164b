/// The conditions of all rules as jump-threaded code: a leaf test and where to go on either answer.
///
/// AND, OR and NOT disappear when lowering. NOT is pushed down to the leaves, so an instruction
/// tests a *literal* (a leaf or its negation) and every formula is monotone in its literals.
/// That is what makes the unknown cheap: see `Evaluator.run`.
package struct JumpCode: Sendable {
  package struct Instruction: Hashable, Sendable {
    package var leaf: LeafIndex
    package var isNegated: Bool
    /// Where to go when the literal holds, and when it fails.
    package var onTrue: Int32
    package var onFalse: Int32
  }

  /// A target that ends the run: the condition holds.
  package static let accept: Int32 = -1
  /// A target that ends the run: the condition fails.
  package static let reject: Int32 = -2

  package private(set) var instructions: ContiguousArray<Instruction> = []

  package init() {}

  /// Adds the code of `formula` and gives its first instruction (or an ending target).
  package mutating func append(_ formula: Formula) -> Int32 {
    emit(formula, isNegated: false, onTrue: Self.accept, onFalse: Self.reject)
  }

  /// Emits back to front: the targets of an instruction exist before the instruction does.
  private mutating func emit(
    _ formula: Formula, isNegated: Bool, onTrue: Int32, onFalse: Int32
  ) -> Int32 {
    switch formula {
    case .leaf(let leaf):
      instructions.append(
        Instruction(leaf: leaf, isNegated: isNegated, onTrue: onTrue, onFalse: onFalse))
      return Int32(truncatingIfNeeded: instructions.count - 1)
    case .not(let part):
      return emit(part, isNegated: !isNegated, onTrue: onTrue, onFalse: onFalse)
    case .and(let parts):
      return isNegated
        ? emitAny(parts, isNegated: true, onTrue: onTrue, onFalse: onFalse)
        : emitAll(parts, isNegated: false, onTrue: onTrue, onFalse: onFalse)
    case .or(let parts):
      return isNegated
        ? emitAll(parts, isNegated: true, onTrue: onTrue, onFalse: onFalse)
        : emitAny(parts, isNegated: false, onTrue: onTrue, onFalse: onFalse)
    }
  }

  private mutating func emitAll(
    _ parts: [Formula], isNegated: Bool, onTrue: Int32, onFalse: Int32
  ) -> Int32 {
    var next = onTrue
    for part in parts.reversed() {
      next = emit(part, isNegated: isNegated, onTrue: next, onFalse: onFalse)
    }
    return next
  }

  private mutating func emitAny(
    _ parts: [Formula], isNegated: Bool, onTrue: Int32, onFalse: Int32
  ) -> Int32 {
    var next = onFalse
    for part in parts.reversed() {
      next = emit(part, isNegated: isNegated, onTrue: onTrue, onFalse: next)
    }
    return next
  }
}
