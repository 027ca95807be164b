import Foundation
import FuzzEntries

// libFuzzer over one of the fuzz targets: `WafcastFuzz --target=FuzzHAR [libFuzzer's options]`.
//
// One executable for all of them: what takes long is to link the rooms and the sanitizers, once a
// target otherwise. libFuzzer leaves options of two dashes alone, and hands them on where it starts
// itself again.

/// What libFuzzer calls with each input; its `main` is that of the executable.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  do throws(FuzzFailure) {
    try target.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  } catch {
    print("broken invariant: \(error)")
    fflush(nil)
    // libFuzzer keeps the input of a process that aborts.
    abort()
  }
  return 0
}

private let target: FuzzTarget = {
  let prefix = "--target="
  let name = CommandLine.arguments.first { $0.hasPrefix(prefix) }?.dropFirst(prefix.count)
  if let target = name.flatMap({ FuzzTarget(rawValue: String($0)) }) { return target }
  print("--target=NAME is one of " + FuzzTarget.allCases.map(\.rawValue).joined(separator: ", "))
  exit(64)
}()
