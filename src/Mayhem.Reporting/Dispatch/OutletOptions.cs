using Mayhem.Reporting.Document;
using Mayhem.Reporting.Folders;

namespace Mayhem.Reporting.Dispatch;

/// <summary>How reports are handed to one sink.</summary>
public sealed record OutletOptions
{
    /// <summary>How long the sink may take for a report; 30 s by default.</summary>
    public TimeSpan TimeLimit { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How many reports wait for the sink in memory, 1 or more; 200 by default. The oldest make room.</summary>
    public int QueueLimit { get; init; } = 200;

    /// <summary>Where reports wait that the sink could not send; null drops them.</summary>
    public ReportFolderOptions? Spool { get; init; }

    /// <summary>How long the sink is left alone after a failure; doubled with each further one. 5 s by default.</summary>
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The longest pause, also if the other side asks for more; 15 min by default.</summary>
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Tells which reports the sink gets; all by default. Asked once for each report, on the thread that reports.</summary>
    public Func<ReportDocument, bool> Takes { get; init; } = _ => true;
}
