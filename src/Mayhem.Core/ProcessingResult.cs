using Mayhem.Failures;
using Mayhem.Recovery;

namespace Mayhem;

/// <summary>How the processing of one delivery ended.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Settled">True if the broker took it; false if nothing was to be settled, or the settlement failed and the lock runs out.</param>
/// <param name="Failure">The failure behind it; null where none was thrown.</param>
public sealed record ProcessingResult(Verdict Verdict, bool Settled, Failure? Failure = null);
