using Mayhem.Observation;
using Mayhem.Reporting.Building;

namespace Mayhem.Reporting.Tests.Doubles;

/// <summary>What makes documents, as the application puts it together.</summary>
internal static class Documents
{
    public static ReportDocuments For(TimeProvider clock) => new(new ProcessState(new InFlightMessages(), clock));
}
