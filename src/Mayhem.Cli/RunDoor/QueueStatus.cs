using System.Text.Json;
using Mayhem.Local.Broker;

namespace Mayhem.Cli.RunDoor;

/// <summary>What a queue holds, for the status.</summary>
internal static class QueueStatus
{
    /// <summary>Writes the queue as the property <c>queue</c>.</summary>
    public static void Write(Utf8JsonWriter writer, BrokerQueue queue)
    {
        var counts = queue.Counts;
        Write(writer, queue.Name, queue.Options.RequiresSession, counts.Active, counts.Locked, counts.Scheduled, counts.Deferred, counts.DeadLettered);
    }

    /// <summary>The same, of numbers from elsewhere.</summary>
    public static void Write(Utf8JsonWriter writer, string name, bool sessions, long active, long locked, long scheduled, long deferred, long deadLettered)
    {
        writer.WriteStartObject("queue");
        writer.WriteString("name", name);
        writer.WriteBoolean("sessions", sessions);
        writer.WriteNumber("active", active);
        writer.WriteNumber("locked", locked);
        writer.WriteNumber("scheduled", scheduled);
        writer.WriteNumber("deferred", deferred);
        writer.WriteNumber("deadLettered", deadLettered);
        writer.WriteEndObject();
    }
}
