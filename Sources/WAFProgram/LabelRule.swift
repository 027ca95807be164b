/// A label that a managed rule group adds before its rules run, where a condition holds.
///
/// It ends nothing and is not logged: only the label shows.
package struct LabelRule: Sendable {
  /// The place in `Program.labels`.
  package var label: Int32
  package var entry: Int32
  package var formula: Formula
  /// A condition without which the rule does not hold, shared by several.
  package var prefilter: LeafIndex?
}
