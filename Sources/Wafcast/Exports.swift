// The types that the signatures of this library need, so that one import is enough.
@_exported public import Diagnostics
@_exported public import WAFEngine
@_exported public import WAFModel
@_exported public import WAFProgram
@_exported public import WAFRequests
