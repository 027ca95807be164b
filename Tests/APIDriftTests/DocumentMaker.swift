import DocumentTree

/// Makes documents of the shapes that the API describes.
struct DocumentMaker {
  let model: APIModel

  /// A value of a shape with all that it needs, and little more.
  ///
  /// A structure that requires nothing gets all its members, so that it says something.
  func filler(_ shape: String) -> Node {
    filler(shape, inside: []) ?? .emptyObject
  }

  /// `nil` where the shape would have to contain itself.
  private func filler(_ shape: String, inside: Set<String>) -> Node? {
    switch model.kind(shape) {
    case .structure(let members, let required):
      guard !inside.contains(shape) else { return nil }
      let wanted = members.filter { required.isEmpty || required.contains($0.name) }
      var kept: [Node.Member] = []
      for member in wanted {
        if let value = filler(member.shape, inside: inside.union([shape])) {
          kept.append(Node.Member(key: member.name, value: value))
        } else if !required.isEmpty {
          return nil
        }
      }
      return Node(.object(kept))
    case .choice(let members):
      guard !inside.contains(shape) else { return nil }
      for member in members {
        if let value = filler(member.shape, inside: inside.union([shape])) {
          return Node(.object([Node.Member(key: member.name, value: value)]))
        }
      }
      return nil
    case .list(let element):
      return filler(element, inside: inside).map { Node(.array([$0])) }
    case .map(let key, let value):
      guard let key = filler(key, inside: inside)?.text else { return nil }
      return filler(value, inside: inside).map { Node(key, $0) }
    case .words, .numbers, .bool, .string, .bytes:
      return values(shape).first?.node
    }
  }

  /// A value and its name for messages.
  struct Variant {
    var name: String
    var node: Node
    /// Whether it is a word of an enumeration.
    var isWord = false
  }

  /// The values of a shape that differ in what the model must know: each word of a set, each
  /// member of a choice, a structure with all its members.
  func values(_ shape: String) -> [Variant] {
    switch model.kind(shape) {
    case .structure(let members, _):
      return [Variant(name: shape, node: full(members))]
    case .choice(let members):
      return members.map { member in
        Variant(
          name: "\(shape).\(member.name)", node: full([member]))
      }
    case .list(let element):
      return values(element).map {
        Variant(name: $0.name, node: Node(.array([$0.node])), isWord: $0.isWord)
      }
    case .map(let key, let value):
      let name = filler(key).text ?? ""
      // Not words: a key is free text to the reader, and a fault is one of the value.
      let byKey = values(key).compactMap { variant in
        variant.node.text.map { Variant(name: variant.name, node: Node($0, filler(value))) }
      }
      return byKey
        + values(value).map {
          Variant(name: $0.name, node: Node(name, $0.node), isWord: $0.isWord)
        }
    case .words(let words):
      return words.map {
        Variant(name: "\(shape).\($0)", node: $0.node(), isWord: true)
      }
    case .numbers(let numbers):
      return numbers.map { Variant(name: "\(shape) \($0)", node: $0.node()) }
    case .bool:
      return [true, false].map { Variant(name: "\(shape) \($0)", node: $0.node()) }
    case .string:
      return [Variant(name: shape, node: model.sample(shape).node())]
    case .bytes:
      return [Variant(name: shape, node: "YWRtaW4=".node())]
    }
  }

  private func full(_ members: [APIModel.Member]) -> Node {
    Node(.object(members.map { Node.Member(key: $0.name, value: filler($0.shape)) }))
  }

  // MARK: Whole documents

  /// A way from a document's root down to a shape.
  struct Way {
    /// The structures, lists and maps on the way, and the member taken of each structure.
    var steps: [(shape: String, member: String)] = []

    /// The way to a member of the shape to which this way leads.
    func to(_ member: String, of shape: String) -> Way {
      Way(steps: steps + [(shape, member)])
    }
  }

  /// The shortest way to each structure and choice inside a root.
  func ways(from root: String) -> [(shape: String, way: Way)] {
    var found: [(shape: String, way: Way)] = []
    var seen: Set<String> = [root]
    var queue: [(shape: String, way: Way)] = [(root, Way())]
    var next = 0
    while next < queue.count {
      let (shape, way) = queue[next]
      next += 1
      let onward: [(member: String, shape: String)]
      switch model.kind(shape) {
      case .structure(let members, _), .choice(let members):
        found.append((shape, way))
        onward = members.map { ($0.name, $0.shape) }
      case .list(let element): onward = [("", element)]
      case .map(_, let value): onward = [("", value)]
      case .words, .numbers, .bool, .string, .bytes: onward = []
      }
      for (member, target) in onward where seen.insert(target).inserted {
        queue.append((target, way.to(member, of: shape)))
      }
    }
    return found
  }

  /// The document in which a value stands at the end of a way, with little else.
  func document(_ way: Way, with value: Node) -> Node {
    way.steps.reversed().reduce(value) { value, step in
      switch model.kind(step.shape) {
      case .structure(_, let required): filled(step.shape, required, step.member, value)
      case .map(let key, _): Node(filler(key).text ?? "", value)
      case .list: Node(.array([value]))
      case .choice, .words, .numbers, .bool, .string, .bytes: Node(step.member, value)
      }
    }
  }

  /// A structure with what it requires and one more member.
  private func filled(_ shape: String, _ required: Set<String>, _ name: String, _ value: Node)
    -> Node
  {
    var members = (filler(shape).members ?? []).filter { $0.key != name }
    // Without required members the filler has all of them, and one is enough here.
    if required.isEmpty, !alwaysWhole.contains(shape) { members = [] }
    return Node(.object(members + [Node.Member(key: name, value: value)]))
  }

  /// Structures that the description calls empty by default and that no document has so: our
  /// reading wants the members that give them a meaning.
  private var alwaysWhole: Set<String> { ["GeoMatchStatement", "RegexPatternSet"] }
}
