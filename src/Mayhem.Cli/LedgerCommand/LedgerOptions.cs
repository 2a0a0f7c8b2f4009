namespace Mayhem.Cli.LedgerCommand;

/// <summary>What <c>mayhem ledger</c> was asked to do.</summary>
/// <param name="DataFolder">The folder of a <c>mayhem up</c>, running or ended.</param>
/// <param name="Ledger">The connection string of the ledger's PostgreSQL database; null for the data folder, or what the settings say if no folder is named.</param>
/// <param name="Json">One JSON object a line instead of a table.</param>
internal sealed record LedgerOptions(string? DataFolder, string? Ledger, bool Json);
