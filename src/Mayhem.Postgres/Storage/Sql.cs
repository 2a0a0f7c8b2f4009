using Npgsql;
using NpgsqlTypes;

namespace Mayhem.Postgres.Storage;

/// <summary>Makes commands with positional parameters. Texts are made storable, times are UTC.</summary>
internal static class Sql
{
    /// <summary>A command of a batch.</summary>
    /// <param name="text">The statement, with $1, $2 …</param>
    /// <param name="values">Their values; <see cref="Null(string?)"/> where one may be missing.</param>
    public static NpgsqlBatchCommand Command(string text, params object[] values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values)
            command.Parameters.Add(Parameter(value));
        return command;
    }

    /// <summary>A text, or nothing.</summary>
    public static object Null(string? text) => text ?? (object)new Missing(NpgsqlDbType.Text);

    /// <summary>A value, or nothing of its type.</summary>
    public static object Null<T>(T? value, NpgsqlDbType type)
        where T : struct => value ?? (object)new Missing(type);

    private static NpgsqlParameter Parameter(object value) => value switch
    {
        Missing missing => new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = missing.Type },
        string text => new NpgsqlParameter { Value = PostgresText.Storable(text), NpgsqlDbType = NpgsqlDbType.Text },
        DateTimeOffset time => new NpgsqlParameter { Value = time.ToUniversalTime(), NpgsqlDbType = NpgsqlDbType.TimestampTz },
        _ => new NpgsqlParameter { Value = value },
    };

    private sealed record Missing(NpgsqlDbType Type);
}
