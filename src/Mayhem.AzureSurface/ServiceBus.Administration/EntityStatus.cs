#nullable disable
namespace Azure.Messaging.ServiceBus.Administration;

/// <summary>Whether an entity takes and gives messages.</summary>
public readonly struct EntityStatus : IEquatable<EntityStatus>
{
    private readonly string value;

    public EntityStatus(string value) => this.value = value ?? throw new ArgumentNullException(nameof(value));

    public static EntityStatus Active { get; } = new("Active");

    public static EntityStatus Disabled { get; } = new("Disabled");

    public static EntityStatus ReceiveDisabled { get; } = new("ReceiveDisabled");

    public static EntityStatus SendDisabled { get; } = new("SendDisabled");

    public static implicit operator EntityStatus(string value) => new(value);

    public static bool operator ==(EntityStatus left, EntityStatus right) => left.Equals(right);

    public static bool operator !=(EntityStatus left, EntityStatus right) => !left.Equals(right);

    public bool Equals(EntityStatus other) => string.Equals(value, other.value, StringComparison.InvariantCultureIgnoreCase);

    public override bool Equals(object obj) => obj is EntityStatus other && Equals(other);

    public override int GetHashCode() => value is null ? 0 : StringComparer.InvariantCultureIgnoreCase.GetHashCode(value);

    public override string ToString() => value;
}
