namespace Mayhem.DeadLetters.Listing;

/// <summary>Some dead letters, in the order of their numbers.</summary>
/// <param name="Items">Those that match; perhaps fewer than asked for, also if there are more.</param>
/// <param name="Next">Where the next page begins; null if this is the last.</param>
/// <param name="Scanned">How many were looked at.</param>
public sealed record DeadLetterPage(IReadOnlyList<DeadLetterSummary> Items, long? Next, int Scanned);
