namespace Mayhem.Reporting.Fitting;

/// <summary>Something that can be left out of a report.</summary>
/// <param name="Bytes">How much that saves in bytes, or more: too low a guess would leave out too much.</param>
/// <param name="Apply">Leaves it out.</param>
internal sealed record Cut(int Bytes, Action<ReportDraft> Apply);
