namespace Mayhem.Cli.LedgerCommand;

/// <summary>What <c>mayhem ledger</c> was asked to do.</summary>
/// <param name="DataFolder">The folder of a <c>mayhem up</c>, running or ended.</param>
/// <param name="Json">One JSON object a line instead of a table.</param>
internal sealed record LedgerOptions(string DataFolder, bool Json);
