using System.Net.Sockets;
using Azure.Identity;
using Npgsql;

namespace Mayhem.Postgres;

/// <summary>Tells what an operator can do when the database cannot be used.</summary>
internal static class OpenErrors
{
    private const string Key = $"{PostgresOptions.Section}:{nameof(PostgresOptions.ConnectionString)}";

    /// <summary>The error in words; null if it is none that an operator could do something about.</summary>
    public static string? Explain(Exception error, PostgresOptions options)
    {
        var connection = options.Connection();
        var place = $"{connection.Host}:{connection.Port}";
        return error switch
        {
            PostgresException { SqlState: PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification } refused =>
                $"The PostgreSQL server {place} refuses the user '{connection.Username}': {refused.MessageText}. {Refused(options, connection)}",
            PostgresException { SqlState: PostgresErrorCodes.InvalidCatalogName } =>
                $"The PostgreSQL server {place} has no database '{connection.Database}'. Create it, or correct {Key}.",
            PostgresException { SqlState: PostgresErrorCodes.InsufficientPrivilege } missing =>
                $"The user '{connection.Username}' lacks rights in the database '{connection.Database}' on {place}: {missing.MessageText}. "
                + $"For the first start: grant create on database \"{connection.Database}\" to \"{connection.Username}\"; afterwards it owns the schema '{options.Schema}'.",
            PostgresException { SqlState: PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.CannotConnectNow } busy =>
                $"The PostgreSQL server {place} takes no connection now: {busy.MessageText}. Start again later, or lower {PostgresOptions.Section}:{nameof(PostgresOptions.PoolSize)}.",
            AuthenticationFailedException => $"There is no Entra token for the PostgreSQL server {place}: {error.Message}",
            NpgsqlException { InnerException: SocketException or IOException or TimeoutException } =>
                $"The PostgreSQL server {place} cannot be reached: {error.InnerException.Message.TrimEnd('.')}. Check {Key}, that the server runs, and its firewall.",
            NpgsqlException { InnerException: AuthenticationFailedException } => Explain(error.InnerException, options),
            TimeoutException => $"The PostgreSQL server {place} has not answered in time. Check {Key}, that the server runs, and its firewall.",
            _ => null,
        };
    }

    private static string Refused(PostgresOptions options, NpgsqlConnectionStringBuilder connection) => options.UsesEntra(connection)
        ? "Add the app's identity to the server's Microsoft Entra principals under this name."
        : $"Correct Username and Password in {Key}.";
}
