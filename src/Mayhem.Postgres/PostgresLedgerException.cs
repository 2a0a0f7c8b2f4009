namespace Mayhem.Postgres;

/// <summary>The ledger in PostgreSQL cannot be opened. The message says what to do about it.</summary>
public sealed class PostgresLedgerException(string message, Exception? inner = null) : Exception(message, inner);
