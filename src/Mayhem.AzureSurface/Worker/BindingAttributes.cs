namespace Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

/// <summary>Base of everything that binds a function to the outside.</summary>
[AttributeUsage(AttributeTargets.Method)]
public abstract class BindingAttribute : Attribute;

/// <summary>Base of everything that starts a function.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public abstract class TriggerBindingAttribute : BindingAttribute;
