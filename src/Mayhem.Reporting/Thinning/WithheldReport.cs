using Mayhem.Reports;

namespace Mayhem.Reporting.Thinning;

/// <summary>The last failure that was withheld of a storm, to be told now.</summary>
/// <param name="Report">The failure.</param>
/// <param name="Unreported">How many more were withheld before it.</param>
public sealed record WithheldReport(ExceptionReport Report, int Unreported);
