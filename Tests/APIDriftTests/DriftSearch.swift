import DocumentTree

/// Goes through all that a document can contain and finds what the model does not know.
struct DriftSearch {
  let root: DriftRoot
  let maker: DocumentMaker

  /// How many documents were read and written.
  private(set) var documents = 0
  private var named: [(name: String, fault: DriftFault)] = []
  /// Values that fail for something inside them, which is expected to be named by itself.
  private var containing: [(name: String, fault: DriftFault)] = []

  init(root: DriftRoot, maker: DocumentMaker) {
    self.root = root
    self.maker = maker
  }

  /// What the model does not know, each name once.
  var unknown: [(name: String, fault: DriftFault)] {
    var seen: Set<String> = []
    return (named.isEmpty ? containing : named).filter { seen.insert($0.name).inserted }
  }

  mutating func run() {
    for (shape, way) in maker.ways(from: root.rawValue) {
      for member in maker.model.members(shape) {
        check(member, of: shape, at: way)
      }
      guard case .structure = maker.model.kind(shape) else { continue }
      for whole in maker.values(shape) {
        if let fault = fault(maker.document(way, with: whole.node)) {
          containing.append((whole.name, fault))
        }
      }
    }
  }

  /// One member of a structure or choice alone, with each value that makes a difference.
  private mutating func check(
    _ member: APIModel.Member, of shape: String, at way: DocumentMaker.Way
  ) {
    let way = way.to(member.name, of: shape)
    if let fault = fault(maker.document(way, with: maker.filler(member.shape))) {
      let name = "\(shape).\(member.name)"
      guard !fault.isAboutMember(depth: way.steps.count) else {
        named.append((name, fault))
        return
      }
      containing.append((name, fault))
    }
    for value in maker.values(member.shape) {
      guard let fault = fault(maker.document(way, with: value.node)) else { continue }
      if value.isWord {
        named.append((value.name, fault))
      } else {
        containing.append((value.name, fault))
      }
    }
  }

  private mutating func fault(_ document: Node) -> DriftFault? {
    documents += 1
    return root.fault(document)
  }
}
