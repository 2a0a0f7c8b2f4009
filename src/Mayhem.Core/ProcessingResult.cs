using Mayhem.Failures;
using Mayhem.Recovery;

namespace Mayhem;

/// <summary>How the processing of one delivery ended. It has been settled accordingly, unless the verdict is hands off.</summary>
/// <param name="Verdict">The verdict that was carried out.</param>
/// <param name="Failure">The failure behind it; null where none was thrown.</param>
public sealed record ProcessingResult(Verdict Verdict, Failure? Failure = null);
