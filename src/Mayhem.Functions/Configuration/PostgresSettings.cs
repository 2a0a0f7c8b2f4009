using Mayhem.Postgres;
using Microsoft.Extensions.Configuration;

namespace Mayhem.Functions.Configuration;

/// <summary>The ledger in PostgreSQL: <c>Mayhem:Ledger:Postgres</c>.</summary>
public static class PostgresSettings
{
    /// <summary>Reads the options; null if no connection string is given. What is wrong is told by <see cref="Problems"/>.</summary>
    public static PostgresOptions? From(IConfiguration configuration)
    {
        var (options, _) = Read(configuration);
        return options.IsOn ? options : null;
    }

    /// <summary>What is wrong, one sentence each that names the key.</summary>
    public static IEnumerable<string> Problems(IConfiguration configuration)
    {
        if (!string.IsNullOrEmpty(configuration[PostgresOptions.Section]))
            return [$"{PostgresOptions.Section} holds settings and has no value of its own: give {nameof(PostgresOptions.ConnectionString)} below it."];
        var (options, unreadable) = Read(configuration);
        return options.IsOn ? [.. unreadable, .. options.Errors()] : unreadable;
    }

    private static (PostgresOptions Options, IReadOnlyList<string> Unreadable) Read(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = new PostgresOptions();
        var unreadable = SettingsReader.Read(configuration.GetSection(PostgresOptions.Section), options);
        return (options, unreadable);
    }
}
