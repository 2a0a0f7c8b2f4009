using Mayhem.DeadLetters.Listing;

namespace Mayhem.DeadLetters.Work;

/// <summary>Which dead letters an operation is about: those that match when it begins. What dies later is none of them, so that a replay never chases its own failures.</summary>
/// <param name="SequenceNumbers">Their numbers, the oldest first.</param>
/// <param name="Scanned">How many were looked at.</param>
/// <param name="Sample">The first of them.</param>
internal sealed record BenchPlan(IReadOnlyList<long> SequenceNumbers, int Scanned, IReadOnlyList<DeadLetterSummary> Sample);
