using Microsoft.Extensions.Logging;

namespace Mayhem.Postgres;

/// <summary>Every log text of the ledger in PostgreSQL.</summary>
internal static partial class Log
{
    [LoggerMessage(7000, LogLevel.Information, "The ledger is in {Place}, schema {Schema}, at version {Version}.")]
    public static partial void PostgresLedgerOpened(ILogger logger, string place, string schema, int version);

    [LoggerMessage(7001, LogLevel.Information, "Schema {Schema} of the ledger was brought to version {Version}: {Migration}.")]
    public static partial void Migrated(ILogger logger, string schema, int version, string migration);

    [LoggerMessage(7010, LogLevel.Warning, "The ledger's database has not carried out '{What}' (try {Try}); it is tried again in {Delay}.")]
    public static partial void TriedAgain(ILogger logger, Exception failure, string what, int @try, TimeSpan delay);

    [LoggerMessage(7020, LogLevel.Information, "{Count} old records of the ledger were removed.")]
    public static partial void Forgotten(ILogger logger, int count);

    [LoggerMessage(7021, LogLevel.Warning, "Old records of the ledger could not be removed. It is tried again in {Interval}.")]
    public static partial void NotForgotten(ILogger logger, Exception failure, TimeSpan interval);
}
