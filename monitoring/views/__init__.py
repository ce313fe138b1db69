"""The pages of field visits."""

from monitoring.views.offline import DevicePhoto, OfflinePage, Worker
from monitoring.views.photos import PhotoDelete, PhotoFile, VisitPhotos
from monitoring.views.recommendations import (
    ProofFile,
    RecommendationList,
    RecommendationPage,
    RecommendationReport,
    RecommendationReturn,
    RecommendationVerify,
)
from monitoring.views.visits import (
    VisitCertify,
    VisitList,
    VisitPage,
    VisitPlan,
    VisitRecord,
    VisitReturn,
    VisitSend,
)

__all__ = [
    "DevicePhoto",
    "OfflinePage",
    "PhotoDelete",
    "PhotoFile",
    "ProofFile",
    "RecommendationList",
    "RecommendationPage",
    "RecommendationReport",
    "RecommendationReturn",
    "RecommendationVerify",
    "VisitCertify",
    "VisitList",
    "VisitPage",
    "VisitPhotos",
    "VisitPlan",
    "VisitRecord",
    "VisitReturn",
    "VisitSend",
    "Worker",
]
