namespace N2D.Autoencoders;

/// <summary>The optimizers.</summary>
public enum OptimizerKind
{
    /// <summary>Adam (Kingma and Ba, 2015), as in the N2D study.</summary>
    Adam,

    /// <summary>Stochastic gradient descent with momentum 0.9.</summary>
    Sgd,

    /// <summary>RMSprop (Tieleman and Hinton, 2012) with a decay of 0.9.</summary>
    RmsProp,
}
