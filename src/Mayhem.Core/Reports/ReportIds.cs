namespace Mayhem.Reports;

/// <summary>Ids of exception reports.</summary>
public static class ReportIds
{
    /// <summary>A version 7 UUID without hyphens: 32 characters that sort by time.</summary>
    public static string New(DateTimeOffset now) => Guid.CreateVersion7(now).ToString("N");
}
