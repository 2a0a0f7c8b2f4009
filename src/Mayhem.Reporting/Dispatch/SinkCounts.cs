namespace Mayhem.Reporting.Dispatch;

/// <summary>What became of the reports of one sink since the start. A report given is sent, refused, dropped, waiting or spooled.</summary>
/// <param name="Sink">The sink's name.</param>
/// <param name="Sent">Reports that arrived, those sent again included.</param>
/// <param name="Resent">Reports among them that came from the spool.</param>
/// <param name="Failed">Tries that failed.</param>
/// <param name="Refused">Reports that the other side will never take.</param>
/// <param name="Dropped">Reports lost: the queue or the spool was full, or could not be used.</param>
/// <param name="Waiting">Reports that wait in memory or are being sent.</param>
/// <param name="Spooled">Reports in the spool, those of earlier processes included.</param>
/// <param name="Sending">Whether a report, new or from the spool, is on its way right now.</param>
public sealed record SinkCounts(string Sink, long Sent, long Resent, long Failed, long Refused, long Dropped, int Waiting, int Spooled, bool Sending);
